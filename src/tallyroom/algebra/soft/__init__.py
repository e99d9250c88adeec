"""What looks wrong or must be told apart, though it may be true: each kind of finding has a module."""
