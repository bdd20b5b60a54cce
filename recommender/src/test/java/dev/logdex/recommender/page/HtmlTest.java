package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void textIsEscaped() {
    assertThat(el("p", "<script>alert('1')</script> & \"x\"").markup())
        .isEqualTo("<p>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;</p>");
  }

  @Test
  void valuesOfAttributesAreEscaped() {
    assertThat(el("td").set("title", "\"><script>").markup())
        .isEqualTo("<td title=\"&quot;&gt;&lt;script&gt;\"></td>");
  }

  @Test
  void whatTurnsALineAroundIsReplaced() {
    assertThat(Html.text("a\u202Eb\u0000c\u2066d").markup()).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd");
  }

  @Test
  void aHugeTextIsCut() {
    assertThat(Html.text("x".repeat(1_000_000)).markup()).hasSize(Html.LONGEST_TEXT + 1);
  }

  @Test
  void classesFollowTheName() {
    assertThat(el("p.a.b").markup()).isEqualTo("<p class=\"a b\"></p>");
  }

  @Test
  void someElementsHaveNoEnd() {
    assertThat(el("input").set("name", "n").markup()).isEqualTo("<input name=\"n\">");
  }
}
