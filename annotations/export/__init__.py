"""The issue list as a file: one writer per format over one stream of rows."""

from annotations.export.files import about_path, export_to_file
from annotations.export.formats import FORMATS, Format, chosen_columns, format_of, write
from annotations.export.objects import annotation_object
from annotations.export.options import ExportContext, Options

__all__ = [
    "FORMATS",
    "ExportContext",
    "Format",
    "Options",
    "about_path",
    "annotation_object",
    "chosen_columns",
    "export_to_file",
    "format_of",
    "write",
]
