"""What is shipped: wheel, image, workflow, constraints and licences."""
