import { Float64Column, Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';

/** Position of a function in a graph. */
export type NodeIndex = number;
/** Position of a place (a function's code in one file) in a graph. */
export type PlaceIndex = number;
/** Position of a site (a line of a place) in a graph. */
export type SiteIndex = number;
/** Position of an arc (calls from a site to a function) in a graph. */
export type ArcIndex = number;

/** What callgrind counts: functions, what their lines cost themselves, and what the calls from those lines cost in all. */
export class CallGraph {
  readonly functions: { readonly name: string; readonly file: string; readonly object: string }[] = [];
  readonly places = { node: new Int32Column(), file: [] as string[] };
  readonly sites = { place: new Int32Column(), line: new Int32Column() };
  readonly arcs = { site: new Int32Column(), callee: new Int32Column() };
  /** By event: costs by site, and by arc. */
  readonly selfCosts: Float64Column[] = [];
  readonly arcCosts: Float64Column[] = [];
  readonly #eventCount: number;
  readonly #nodeIndex = new Map<string, NodeIndex>();
  readonly #placeIndex = new Map<string, PlaceIndex>();
  readonly #siteIndex = new IntKeyMap(256);
  readonly #arcIndex = new IntKeyMap(256);

  constructor(eventCount: number) {
    this.#eventCount = eventCount;
    for (let event = 0; event < eventCount; event++) {
      this.selfCosts.push(new Float64Column());
      this.arcCosts.push(new Float64Column());
    }
  }

  node(name: string, file: string, object: string): NodeIndex {
    const key = `${object}\0${file}\0${name}`;
    let node = this.#nodeIndex.get(key);
    if (node === undefined) {
      node = this.functions.push({ name, file, object }) - 1;
      this.#nodeIndex.set(key, node);
    }
    return node;
  }

  place(node: NodeIndex, file: string): PlaceIndex {
    const key = `${node}\0${file}`;
    let place = this.#placeIndex.get(key);
    if (place === undefined) {
      this.places.file.push(file);
      place = this.places.node.push(node);
      this.#placeIndex.set(key, place);
    }
    return place;
  }

  site(place: PlaceIndex, line: number): SiteIndex {
    let site = this.#siteIndex.get(place, line);
    if (site === -1) {
      this.sites.place.push(place);
      site = this.sites.line.push(line);
      this.#siteIndex.set(place, line, site);
      for (const column of this.selfCosts) column.push(0);
    }
    return site;
  }

  addSelf(site: SiteIndex, costs: readonly number[]): void {
    for (let event = 0; event < this.#eventCount; event++) {
      this.selfCosts[event].set(site, this.selfCosts[event].at(site) + costs[event]);
    }
  }

  addCall(site: SiteIndex, callee: NodeIndex, costs: readonly number[]): void {
    let arc = this.#arcIndex.get(site, callee);
    if (arc === -1) {
      this.arcs.site.push(site);
      arc = this.arcs.callee.push(callee);
      this.#arcIndex.set(site, callee, arc);
      for (const column of this.arcCosts) column.push(0);
    }
    for (let event = 0; event < this.#eventCount; event++) {
      this.arcCosts[event].set(arc, this.arcCosts[event].at(arc) + costs[event]);
    }
  }

  nodeOfSite(site: SiteIndex): NodeIndex {
    return this.places.node.at(this.sites.place.at(site));
  }
}
