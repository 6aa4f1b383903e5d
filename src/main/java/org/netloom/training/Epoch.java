package org.netloom.training;

/**
 * What is known after an epoch of training; epoch 0 is the network before training.
 *
 * @param epoch number, from 0
 * @param trainingLoss mean loss of the epoch's steps, each before its update, with label smoothing
 *     where that is set; NaN for epoch 0, which has no step
 * @param validationAccuracy 0 to 1, with calibrated batch-norm running statistics
 * @param validationLoss mean cross-entropy in nats, likewise
 */
public record Epoch(
    int epoch, double trainingLoss, double validationAccuracy, double validationLoss) {}
