/** `morestack events TRACE`: the events of a Go trace as Go's own tool prints them. */
import {FaultLog} from '../base/fault.ts';
import {detect} from '../formats/detect.ts';
import {readArguments, type Command} from './command.ts';
import {fileSource} from './files.ts';
import {complain} from './complain.ts';

export const events: Command = {
  name: 'events',
  usage: 'events TRACE',
  summary: 'one line an event, as `go tool trace -d=parsed` prints it; stops at the first that does not fit',
  async run(args, output) {
    const {files} = readArguments(args, {}, {least: 1, most: 1});
    const source = fileSource(files[0]);
    const faults = new FaultLog();
    const detected = await detect(source.open(), faults);
    if (detected.is !== 'capture') {
      complain(source.name, detected.is === 'unknown' ? detected.fault.message : 'This is a file of symbols: it has no events.');
      return 1;
    }
    const parser = await detected.format.load();
    if (!parser.transcript) {
      complain(source.name, `${detected.format.label} has no events that a tool of its own prints.`);
      return 1;
    }
    const stopped = await parser.transcript(detected.input, (lines) => output.write(lines));
    await output.flush();
    if (stopped) complain(source.name, `byte ${stopped.byte}: ${stopped.message}.`);
    for (const group of faults.groups()) complain(source.name, group.first[0].message);
    return stopped || faults.broken ? 1 : 0;
  },
};
