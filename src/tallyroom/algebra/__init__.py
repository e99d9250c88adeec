"""Figures as intervals over cells: which cannot all be true, and what they imply about those not published."""
