import { add, answer, open, reset, set, setUp, step, train, type Walk } from './actions';

/** Walks through the lessons about one unit. */
export const units: Readonly<Record<string, Walk>> = {
  'Logistic regression on one example': [
    [answer('What is z?', 0, '1.5'), answer('What is a?', 1, '0.818')],
    [answer('What is L?', 0, '0.201')],
    [answer('What is \\delta = a - y?', 0, '-0.182'), answer('w_2?', 1, '−0.365'), answer('\\partial b?', 2, '-0.182')],
    [step('Press Step once.'), answer('What is w_1 after the first step?', 1, '0.682')],
  ],
  'Logistic regression on m examples': [
    [answer('What is a of every example?', 0, '0.5'), answer('What is J?', 1, '0.693')],
    [
      answer('w_1? The first row of X', 0, '-0.75'),
      answer('\\partial b?', 1, '0'),
      open('Open the Maths view', 'Maths'),
    ],
    [train('Train to the end.'), answer('Does the cost reach zero?', 2, 'No: it only comes closer, as $w$ grows')],
    [setUp('Open the clouds'), train('Train, and look'), open('look at the Boundary view', 'Boundary')],
  ],
  'The price of a house: one ReLU unit': [
    [
      train('Train it'),
      open('then open the Boundary view', 'Boundary'),
      answer('What does the line say of a very small house?', 2, 'Its price is negative'),
    ],
    [
      add('Choose Add layer, then Dense'),
      set('give it 1 unit', 'network.layers[0].units', 1),
      set('the activation relu', 'network.layers[0].activation', 'relu'),
      reset('Reset and Train'),
      train('Train'),
    ],
    [
      answer('How many parameters had the network with one hidden unit?', 0, '4'),
      set('Give the hidden layer 8 units', 'network.layers[0].units', 8),
      train('Train on'),
      answer('What can eight relu units draw', 2, 'A curve with up to eight kinks'),
    ],
  ],
};
