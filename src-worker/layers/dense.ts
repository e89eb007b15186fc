import { activations } from '../activations';
import { addBias, multiplyNN, multiplyNT, multiplyTN, scale, sumRows } from '../kernels/reference';
import { fail, succeed } from '../problem';
import { sizeOf } from '../tensor';
import type { LayerDefinition } from './layer';

/** More units than this is a slip of the finger: their weights alone would not fit into memory. */
const MOST_UNITS = 65_536;

/**
 * Fully connected layer: every input is connected to every unit. An image comes in flattened, as in CS229 notes §3.
 *
 *   forward   z = x Wᵀ + b                    Z = W X + b, CS229 notes (2.14)
 *   backward  dW = (1/m) deltaᵀ x             DL notes, summary of gradient descent; Index notes (8)
 *             db = (1/m) Σ_i delta_i
 *             dx = delta W                    Index notes (9)
 *
 * x `[rows, inputs]`, W `[units, inputs]`, b `[units]`, z and delta `[rows, units]`.
 */
export const dense: LayerDefinition<'dense'> = {
  kind: 'dense',
  label: 'Dense',
  summary: 'Every unit looks at every input: a weighted sum, a bias, an activation.',
  fields: [
    {
      name: 'units',
      label: 'Units',
      help: 'How many numbers the layer puts out.',
      symbol: 'n[ℓ]',
      type: 'integer',
      default: 8,
      min: 1,
      max: MOST_UNITS,
      step: 1,
    },
    {
      name: 'activation',
      label: 'Activation',
      help: 'The function that each unit applies to its weighted sum.',
      symbol: 'g',
      type: 'choice',
      options: Object.values(activations).map(({ kind, label }) => ({ value: kind, label })),
      default: 'tanh',
    },
    {
      name: 'initializer',
      label: 'Initial W',
      help: 'How the weights start; biases start at 0.',
      type: 'kind',
      registry: 'initializers',
      default: 'xavier-normal',
    },
  ],
  equation: 'z^{[\\ell]} = W^{[\\ell]} a^{[\\ell-1]} + b^{[\\ell]}, \\qquad a^{[\\ell]} = g^{[\\ell]}(z^{[\\ell]})',
  source: 'CS229 notes, backpropagation §1',

  outputShape({ layer, name, path, inputShape }) {
    const inputs = sizeOf(inputShape);
    if (!Number.isSafeInteger(inputs) || inputs < 1) {
      return fail({
        code: 'layer/no-input',
        message: `${name} expects at least one input, but gets ${inputs}.`,
        hint: 'Let at least one column of the data be a feature.',
        path,
      });
    }
    if (!Number.isSafeInteger(layer.units) || layer.units < 1 || layer.units > MOST_UNITS) {
      return fail({
        code: 'layer/units',
        message: `${name} expects 1 to ${MOST_UNITS} units, but has ${layer.units}.`,
        hint: 'Give it a whole number of units in that range.',
        path: `${path}.units`,
      });
    }
    return succeed([layer.units]);
  },

  parameters({ layer, inputShape }) {
    const inputs = sizeOf(inputShape);
    const fan = { fanIn: inputs, fanOut: layer.units, trained: true };
    return [
      { name: 'W', shape: [layer.units, inputs], initializer: layer.initializer, regularised: true, ...fan },
      { name: 'b', shape: [layer.units], initializer: { kind: 'zeros' }, regularised: false, ...fan },
    ];
  },

  parameterFormula({ layer, inputShape }) {
    return `${layer.units} × ${sizeOf(inputShape)} + ${layer.units}`;
  },

  create({ layer: { units }, inputShape }, { parameters, gradients }) {
    const inputs = sizeOf(inputShape);
    const [W, b] = parameters as [(typeof parameters)[0], (typeof parameters)[0]];
    const [dW, db] = gradients as [(typeof gradients)[0], (typeof gradients)[0]];
    return {
      forward(x, z, { rows }) {
        multiplyNT(x, W, z, rows, units, inputs);
        addBias(z, b, rows, units);
      },

      backward(x, delta, dx, { rows }) {
        multiplyTN(delta, x, dW, units, inputs, rows);
        scale(dW, 1 / rows, dW.length);
        sumRows(delta, db, rows, units);
        scale(db, 1 / rows, db.length);
        if (dx !== null) multiplyNN(delta, W, dx, rows, inputs, units);
      },
    };
  },
};
