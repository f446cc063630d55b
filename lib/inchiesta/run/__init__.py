"""Plan, execute, judge and publish: the only layer that knows notebooks, and only by their path."""
