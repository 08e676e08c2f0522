"""What makes a file from nothing, a script a step; steps are added, never edited."""
