import type { ExportFormatInfo, ExportGroup, ExportProof } from '../../src-main/bridge';

const groupTitles: Readonly<Record<ExportGroup, string>> = {
  run: 'To run elsewhere',
  train: 'To train on',
  code: 'As code to read',
  numbers: 'The numbers alone',
  report: 'For a report',
};

/** Formats by what they are wanted for, groups that are empty left out. */
export function inGroups(formats: readonly ExportFormatInfo[]): readonly {
  readonly group: ExportGroup;
  readonly title: string;
  readonly members: readonly ExportFormatInfo[];
}[] {
  return (Object.keys(groupTitles) as ExportGroup[])
    .map((group) => ({
      ...{ group, title: groupTitles[group] },
      members: formats.filter((format) => format.group === group),
    }))
    .filter(({ members }) => members.length > 0);
}

/** One sentence about how far an export is proven. */
export function proofWords(proof: ExportProof, format: ExportFormatInfo): string {
  switch (proof.kind) {
    case 'nothing':
      return 'Holds numbers or a picture, and answers nothing by itself.';
    case 'checks-itself':
      return `Holds ${rowWords(proof.rows)} with Layerlab’s answers; ${format.extension === 'onnx' ? 'any runtime can compare them' : 'it compares them when it is run'}.`;
    case 'reread': {
      const { largestDifference, sameAnswers } = proof;
      if (!sameAnswers) return `Read back: an answer differs from Layerlab’s (${rowWords(proof.rows)}).`;
      const within = largestDifference === 0 ? 'to the last digit' : `within ${shortDifference(largestDifference)}`;
      return `Read back: ${rowWords(proof.rows)} answered as in Layerlab, ${within}.`;
    }
  }
}

/** `6 × 10⁻⁸`, the exponent as raised figures, in one piece. */
export function shortDifference(difference: number): string {
  if (!Number.isFinite(difference)) return 'nothing: an output is not a number';
  const [digits = '', exponent = '0'] = difference.toExponential(0).split('e');
  const raised = [...String(Number(exponent))]
    .map((sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)]))
    .join('');
  // No line ends within a number.
  return `${digits}\u00a0×\u00a010${raised}`;
}

function rowWords(rows: number): string {
  return rows === 1 ? '1 test row' : `${rows} test rows`;
}
