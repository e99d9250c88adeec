"""Tables: each figure takes the headings of its row and its column, their unit, their time and their place."""
