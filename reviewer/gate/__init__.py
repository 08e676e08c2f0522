"""The way in for people who own nothing here but a key: one screen, a few commands, no shell."""
