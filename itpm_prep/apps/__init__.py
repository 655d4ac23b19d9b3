"""One module per notebook: each joins bank, practice, store and widgets for one screen."""
