"""Derivations that are checked, one module each; `python -m checker` lists them.

    q1   AlexNet: the units, weights and connections of each layer, and where to save them
    q2   the Gaussian classifier: its posterior, likelihood, gradients and estimates

The others are a first course in machine learning:

    bernoulli, poisson, exponential, categorical, gaussian      maximum likelihood
    beta_bernoulli, dirichlet_categorical                       posteriors and their modes
    linear_regression, logistic_regression, softmax             gradients, Hessians and ridge
    mixture_gaussians, mixture_bernoullis                       responsibilities and the M-step
    expectation, bias_variance                                  expectations over finite sets, as sums
    information                                                 entropies, divergence, mutual information
    class_posteriors                                            two classes: sigmoid, naive Bayes, Gaussians
    sprinkler, hidden_markov                                    a Bayesian network, the forward recursion

A module declares its symbols and givens once, at the top, in the notation of the question, and then its parts line by
line, each with the rule that leads to it. It is loaded while SymPy evaluates nothing, so every line stays as written.
"""
