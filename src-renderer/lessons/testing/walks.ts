import { addLayer } from '../../state/edits';
import type { AppState } from '../../state/app.svelte';
import type { SettingValue } from '../goals';
import { withValueAt } from '../document-path';
import type { ViewName } from '../../stage/views';

/** One thing that a student does, with the words of the lesson that say so. */
export interface Action {
  readonly says: string;
  readonly act: (app: AppState) => void | Promise<void>;
}

const does = (says: string, act: Action['act']): Action => ({ says, act });

/** Trains to the end of the run. */
const train = (says: string): Action => does(says, (app) => app.train());

const set = (says: string, path: string, value: SettingValue): Action =>
  does(says, (app) => app.experiment.edit('Change a setting', (document) => withValueAt(document, path, value)));

const answer = (says: string, goal: number, text: string): Action =>
  does(says, (app) => app.lessons.answer(goal, text));

const open = (says: string, view: ViewName): Action =>
  does(says, (app) => {
    app.stage.view = view;
  });

const setUp = (says: string): Action => does(says, (app) => app.lessons.setUp());

const reset = (says: string): Action => does(says, (app) => app.reset());

/** A walk through every lesson, by its title: for each step what its text says to do. */
export const walks: Readonly<Record<string, readonly (readonly Action[])[]>> = {
  'Why a hidden layer': [
    [train('Press Train'), answer('How does it do on points it has seen?', 1, 'Little better than guessing')],
    [open('Open the Boundary view', 'Boundary'), answer('How many of the four quarters', 1, 'Three')],
    [
      does('Choose Add layer, then Dense', (app) => addLayer(app, 'dense')),
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
  'Zero, constant, large and Xavier initialisation': [
    [answer('before the first step', 0, '0.5'), train('Then Train')],
    [answer('Which number can still learn?', 0, 'The bias $b^{[2]}$')],
    [setUp('Open the network of this step'), train('Train')],
    [setUp('Open the network of this step'), train('Train'), answer('Where did the loss begin', 2, 'Far above')],
    [
      answer('What is the deviation for layer 1', 0, '0.577'),
      set(
        'Choose Xavier normal as the initial W of both layers',
        'network.layers[0].initializer.kind',
        'xavier-normal',
      ),
      set('of both layers', 'network.layers[1].initializer.kind', 'xavier-normal'),
      reset('Reset'),
      train('and Train'),
    ],
  ],
};
