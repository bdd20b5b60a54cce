package dev.logdex.analyzer.whatif;

/**
 * What HypoPG's idea of an index's size does to the cost of reading it. The planner charges a
 * random page for every page of the index that a scan reads, and takes those to be the share of all
 * pages that the entries read are of all entries (genericcostestimate in selfuncs.c). HypoPG knows
 * no deduplication, no meta page and no pages above the leaves.
 *
 * @param hypothetical pages that HypoPG told the planner
 * @param real pages of the index once it is built
 * @param entries in the index
 * @param pageCost planner units of a page
 */
record PageBias(double hypothetical, double real, double entries, double pageCost) {
  static final PageBias NONE = new PageBias(0, 0, 0, 0);

  /**
   * What all searches of a node cost more, or if negative less, than the planner said.
   *
   * @param searches of all loops of the node; the pages that they share are read once
   * @param read entries that one of them reads; all of them if it is infinite
   */
  double correction(double searches, double read) {
    return entries < 1
        ? 0
        : pageCost * (pages(real, searches, read) - pages(hypothetical, searches, read));
  }

  private double pages(double size, double searches, double read) {
    double once =
        size > 1 && entries > 1
            ? Math.ceil(Math.max(1, Math.min(entries, Math.rint(read))) * size / entries)
            : 1;
    return searches > 1 ? shared(size, searches * once) : once;
  }

  /** The formula of Mackert and Lohman (index_pages_fetched), for an index that the cache holds. */
  private static double shared(double size, double pages) {
    double all = Math.max(1, size);
    return Math.ceil(Math.min(all, 2 * all * pages / (2 * all + pages)));
  }
}
