"""What is known where a line stands.

scope       index sets, types, definitions, the model: never changed, each declaration makes a new one
names       which part of a scripted letter is its name; letters, which letters a tree has free
indices     the assumptions of index symbols; places, which positions of families range over one set
generative  the order of a model's variables
families    the table of distributions by name
"""
