package dev.logdex.normalizer.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTagsTest {

  private final StatementNormalizer normalizer = new StatementNormalizer();

  static Stream<Arguments> tagged() {
    return Stream.of(
        Arguments.of(
            "/*application:App,controller:users,action:show*/ select 1",
            Map.of("application", "App", "controller", "users", "action", "show")),
        Arguments.of(
            "select 1 /*line:/app/models/user.rb:12:in `all, of them',job:x*/",
            Map.of("line", "/app/models/user.rb:12:in `all, of them'", "job", "x")),
        Arguments.of(
            "select 1 /*controller='c%2Fd',traceparent='00-5b-01', route='a+b%20\\'c\\''*/",
            Map.of("controller", "c/d", "traceparent", "00-5b-01", "route", "a+b 'c'")),
        Arguments.of("/*a:1*/ select /* b='2' */ 1 /*a:3*/", Map.of("a", "3", "b", "2")),
        Arguments.of("select 1 /*a='%zz'*/", Map.of("a", "%zz")),
        Arguments.of(
            "/*a='1'*/ select 1 /*a:2,b:3*/;/*b='4'*/ select 2", Map.of("a", "2", "b", "4")),
        Arguments.of("select 1 /*%61='x'*/", Map.of("a", "x")),
        Arguments.of("select 1 /*traceparent='%2B%E2%82%AC'*/", Map.of("traceparent", "+€")),
        Arguments.of(
            "select /*db_driver='django%3A4',framework='x'*/ 1",
            Map.of("db_driver", "django:4", "framework", "x")),
        Arguments.of("select 1 /* a='1' */;", Map.of("a", "1")));
  }

  @ParameterizedTest
  @MethodSource("tagged")
  void readsWhatLibrariesWriteIntoComments(String text, Map<String, String> tags) {
    assertThat(normalizer.normalize(text).orElseThrow().tags()).isEqualTo(tags);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "select '/*a:1*/', \"/*b='2'*/\"",
        "select $$/*a:1*/$$, E'\\'/*a:1*/', $x$ -- /*a='1'*/ $x$",
        "select 1 /* note: this is slow */",
        "select 1 /* a = b */",
        "select 1 -- a:1",
        "select 1 /*+ SeqScan(t) */",
        "select 1 /**/ /*/ */",
        "select 1 /*a='1' b*/",
        "select 1 /*a='1"
      })
  void readsNothingElse(String text) {
    assertThat(normalizer.normalize(text).orElseThrow().tags()).isEmpty();
  }

  @Test
  void tagsAreNoPartOfTheFingerprint() {
    assertThat(normalizer.normalize("/*a:1*/ select 1 /*b='2'*/").orElseThrow().fingerprint())
        .isEqualTo(normalizer.normalize("select 1").orElseThrow().fingerprint());
  }

  @Test
  void holdsNoMoreThanItsBoundsAndCountsTheRest() {
    String tags =
        IntStream.range(0, 20).mapToObj(i -> "k" + i + "='v'").collect(Collectors.joining(","));
    read("select 1 /*" + tags + "*/ /*k3='new'*/");
    assertThat(normalizer.tags()).hasSize(16).containsEntry("k3", "new");
    assertThat(normalizer.tagsCut()).isEqualTo(4);
    read("select 1 /*" + "k".repeat(65) + "='v',a='" + "é".repeat(129) + "',b='c'*/");
    assertThat(normalizer.tags()).isEqualTo(Map.of("a", "é".repeat(128), "b", "c"));
    assertThat(normalizer.tagsCut()).isEqualTo(2);
  }

  @Test
  void saysCheaplyThatThereAreNone() {
    read("select ':=' -- a:1\n /* nothing */ /*+ SeqScan(t) a='1' */");
    assertThat(normalizer.hasTags()).isFalse();
    assertThat(normalizer.tags()).isEmpty();
    read("select 1 /*a:1*/");
    assertThat(normalizer.hasTags()).isTrue();
    assertThat(normalizer.tagsCut()).isZero();
  }

  private void read(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    assertThat(normalizer.read(utf8, 0, utf8.length)).isTrue();
  }
}
