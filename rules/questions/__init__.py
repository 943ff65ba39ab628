"""Which question comes next, and why that one: the plan that costs the person least."""
