package dev.logdex.normalizer.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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
}
