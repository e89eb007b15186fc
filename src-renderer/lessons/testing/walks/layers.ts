import { add, answer, check, does, open, set, setUp, step, train, type Action, type Walk } from './actions';

/** Reads both speeds off the goal, as a student does. */
const divideSpeeds =
  (goal: number): Action['act'] =>
  (app) => {
    const words = app.lessons.states[goal]?.words ?? '';
    const [loops = NaN, engine = NaN] = [...words.matchAll(/[\d,]+(?= examples)|(?<=engine )[\d,]+/g)].map(([found]) =>
      Number(found.replaceAll(',', '')),
    );
    app.lessons.answer(goal, (engine / loops).toFixed(2));
  };

/** Walks through the lessons about layers and what goes through them. */
export const layers: Readonly<Record<string, Walk>> = {
  'Why a hidden layer': [
    [train('Press Train'), answer('How does it do on points it has seen?', 1, 'Little better than guessing')],
    [open('Open the Boundary view', 'Boundary'), answer('How many of the four quarters', 1, 'Three')],
    [
      add('Choose Add layer, then Dense'),
      set('Give the new layer 4 units', 'network.layers[0].units', 4),
      set('the activation tanh', 'network.layers[0].activation', 'tanh'),
      train('Then press Train on'),
    ],
    [
      setUp('Open the flower'),
      answer('How many parameters has the 2-4-1 network?', 0, '17'),
      train('Train'),
      answer(
        'Why is the flower harder than XOR?',
        2,
        'Its classes alternate more often, so that the boundary needs more bends',
      ),
    ],
  ],
  'Why not only the identity': [
    [train('Train it'), answer('What shape has its boundary?', 1, 'A straight line, or none at all')],
    [
      answer('How many parameters has the network of two layers?', 0, '33'),
      answer('How many does \\tilde W x + \\tilde b need?', 1, '3'),
    ],
    [
      add('add another dense layer'),
      set('with the activation identity', 'network.layers[1].activation', 'identity'),
      train('Train on'),
    ],
    [set('give layer 1 the activation tanh', 'network.layers[0].activation', 'tanh'), train('Train on')],
    [
      does('Press Undo until layer 1 uses the identity again', async (app) => {
        const first = () => app.experiment.document.network.layers[0];
        while (first()?.kind === 'dense' && 'activation' in first()! && JSON.stringify(first()).includes('tanh')) {
          app.experiment.undo();
          await app.settled();
        }
      }),
    ],
  ],
  'Counting parameters': [
    [answer('How many parameters has layer 1?', 0, '9')],
    [
      answer('How many parameters has layer 2?', 0, '8'),
      answer('How many has layer 3?', 1, '3'),
      answer('And the whole network?', 2, '20'),
    ],
    [set('give it 5 units', 'network.layers[0].units', 5), answer('How many parameters are there then?', 1, '30')],
    [
      answer('How many parameters has a layer of 3 units on such a picture?', 0, '36,867'),
      answer(
        'What would bring that number down most?',
        1,
        'One small set of weights that is used at every place of the picture',
      ),
    ],
  ],
  'Softmax on three classes': [
    [
      answer('What is each \\hat y_i then?', 0, '0.333'),
      answer('What do the three always add up to?', 1, '1'),
      answer('How many parameters has the layer?', 2, '9'),
    ],
    [answer('What is the loss of any example before training?', 0, '1.099')],
    [
      answer('What is \\delta of the right class', 0, '-0.667'),
      answer('And of each of the two others?', 1, '0.333'),
      answer('What do the three deltas add up to?', 2, '0'),
    ],
    [
      train('Train to the end'),
      open('open the Boundary view', 'Boundary'),
      answer('With two classes, what would softmax be?', 2, 'A sigmoid of $z_1 - z_2$'),
    ],
  ],
  'The delta recipe by hand': [
    [answer('What is z^{[2]}?', 0, '0.622'), answer('What is \\hat y?', 1, '0.651')],
    [answer('What is \\delta^{[2]}?', 0, '-0.349')],
    [answer('g^{\\prime}(z_1^{[1]})?', 0, '0.235'), answer('What is \\delta_1^{[1]}?', 1, '-0.041')],
    [
      answer('What is the gradient of W_{11}^{[2]}?', 0, '-0.217'),
      answer('What is the gradient of W_{11}^{[1]}', 1, '-0.041'),
      answer('And of W_{12}^{[1]}', 2, '0'),
      answer('Both hidden units have the same gradient.', 3, 'They learn the same thing: symmetry'),
    ],
    [step('Press Step once')],
    [
      check('Open the Check view', null),
      check('choose the planted bug A forgotten g′', 'missing-derivative'),
      answer('Which arrays does the bug make wrong?', 2, '$W^{[1]}$ and $b^{[1]}$'),
    ],
  ],
  'Vectorisation: loops against the engine': [
    [
      answer('How many numbers are multiplied', 0, '12'),
      answer(
        'Then why is the product faster?',
        1,
        'A library can do many of them at once, in an order that suits the machine',
      ),
    ],
    [answer('how many columns has Z^{[1]}?', 0, '700'), answer('And how many rows?', 1, '64')],
    [does('Divide the two speeds', divideSpeeds(0))],
    [
      set('Give both hidden layers 4 units', 'network.layers[0].units', 4),
      set('both hidden layers', 'network.layers[1].units', 4),
      does('How many times as fast is the engine now?', divideSpeeds(2)),
    ],
    [answer('How long do a hundred epochs of MNIST take?', 0, 'About 17 minutes')],
  ],
  'Parameter sharing: the soccer ball': [
    [answer('How many parameters has it?', 0, '12289'), train('Then Train.')],
    [answer('A ball moves ten pixels to the right.', 0, 'Other ones, which may never have seen a ball')],
    [
      answer('How many parameters has one such filter?', 0, '49'),
      answer('At how many places does it lie in a row', 1, '61'),
      answer('How many of its parameters see the bottom right corner?', 2, 'All of them'),
    ],
    [
      setUp('Open the convolutional network'),
      answer('How many parameters has layer 1', 0, '608'),
      train('Open it and Train'),
    ],
  ],
};
