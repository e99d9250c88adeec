"""Joins the stages: the only part that knows them all. One module for each way through the project.

`reading` takes sources to readings. The ways into and out of the record stand beside it.
"""
