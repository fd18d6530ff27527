/** The zone of accept dates is also the zone of `--since`: one reading of both. */

export { zoneOffset } from '../parse/zone.ts';
