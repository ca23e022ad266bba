"""From scores to labels, trees and roles, in NumPy over whole batches.

Scores are rounded before anything is decided (``rounded``): what is left of the order in which threads add numbers up
is a million times smaller than the step, so the same text gives the same decisions on one thread or many.
"""
