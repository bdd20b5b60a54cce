package dev.logdex.recommender.http;

import com.dynatrace.hash4j.hashing.Hashing;

/** Entity tags: a browser that has a page already is told so instead of being sent it again. */
final class Tags {
  private Tags() {}

  static Response unlessKnown(Request request, Response response) {
    if (response.status() != 200 || request.writes()) {
      return response;
    }
    // weak: the same page may be sent compressed or not
    String tag =
        "W/\"" + Long.toHexString(Hashing.xxh3_64().hashCharsToLong(response.body())) + "\"";
    Response tagged = response.with("ETag", tag);
    return request.header("if-none-match").equals(tag)
        ? new Response(304, tagged.type(), "", tagged.headers())
        : tagged;
  }
}
