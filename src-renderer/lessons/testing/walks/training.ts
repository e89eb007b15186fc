import { answer, does, open, reset, set, setUp, train, type Walk } from './actions';

/** Walks through the lessons about training. */
export const training: Readonly<Record<string, Walk>> = {
  'Zero, constant, large and Xavier initialisation': [
    [answer('before the first step', 0, '0.5'), train('Then Train')],
    [answer('Which number can still learn?', 0, 'The bias $b^{[2]}$')],
    [setUp('Open the network of this step'), train('Train')],
    [setUp('Open the network of this step'), train('Train'), answer('Where did the loss begin', 2, 'Far above')],
    [
      answer('What is the deviation for layer 1', 0, '0.577'),
      set('Choose Xavier normal as the initial W', 'network.layers[0].initializer.kind', 'xavier-normal'),
      set('of both layers', 'network.layers[1].initializer.kind', 'xavier-normal'),
      reset('Reset'),
      train('and Train'),
    ],
  ],
  'GD, SGD, mini-batch and momentum': [
    [train('Train for the 30 epochs'), answer('How many steps were that?', 1, '30')],
    [reset('Press Reset first'), set('set the batch size to 1', 'training.batchSize', 1), train('and Train')],
    [
      reset('Reset'),
      set('set the batch size to 32', 'training.batchSize', 32),
      train('and Train'),
      answer('How many steps has an epoch now?', 2, '9'),
    ],
    [reset('Reset'), set('choose the optimizer Momentum', 'training.optimizer.kind', 'momentum'), train('and Train')],
    [
      open('Open the Runs view', 'Runs'),
      does('lay the other three runs over the curves', (app) => {
        for (const { number } of app.runs.list.slice(1, 4)) app.runs.overlay(number, true);
      }),
      open('Then go back to Curves', 'Curves'),
      answer('Which of them came down least', 1, 'Gradient descent: it made only 30 steps'),
    ],
  ],
  'Overfitting and L2': [
    [train('Train to the end'), answer('How many parameters has the network?', 2, '641')],
    [answer('Which part of the data shows the trouble?', 0, 'The dev part')],
    [set('Set L2 regularisation to 0.01', 'training.l2', 0.01), reset('Reset'), train('Train')],
    [
      set('set \\lambda to 3', 'training.l2', 3),
      reset('Reset'),
      train('Train'),
      answer('Why?', 2, 'The weights go to zero, and the network answers the same everywhere'),
    ],
  ],
};
