"""What is going on in a project: running commands count and time what they do, and anybody may look on.

``run`` watches one command from outside: nothing that adds reports knows of it. What it counts stands in small files in
the project (``runs``), from which ``sayso top`` and the metrics for Prometheus are made. Watching never stops the work:
where a file of its own cannot be written, the work goes on without.
"""
