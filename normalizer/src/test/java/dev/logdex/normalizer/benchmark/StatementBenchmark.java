package dev.logdex.normalizer.benchmark;

import dev.logdex.normalizer.fingerprint.StatementNormalizer;
import dev.logdex.sql.SqlLexer;
import dev.logdex.sql.TokenKind;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One pass over all statements of a corpus: the memory alone, the lexer, the fingerprint. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 100, time = 20, timeUnit = TimeUnit.MILLISECONDS)
public class StatementBenchmark {
  @Param public Corpus corpus;

  private final SqlLexer lexer = new SqlLexer();
  private final StatementNormalizer normalizer = new StatementNormalizer();
  private byte[] bytes = new byte[0];
  private int[] ends = new int[0];

  @Setup
  public void write() {
    Texts texts = corpus.texts();
    bytes = texts.bytes();
    ends = texts.ends();
  }

  /** What every other pass is compared with. */
  @Benchmark
  public int memory() {
    int sum = 0;
    for (byte b : bytes) {
      sum ^= b;
    }
    return sum;
  }

  @Benchmark
  public int lexer() {
    int tokens = 0;
    int start = 0;
    for (int end : ends) {
      lexer.reset(bytes, start, end - start);
      start = end;
      while (lexer.next()) {
        tokens += lexer.kind() == TokenKind.COMMA ? 2 : 1;
      }
    }
    return tokens;
  }

  @Benchmark
  public long fingerprint() {
    long sum = 0;
    int start = 0;
    for (int end : ends) {
      normalizer.read(bytes, start, end - start);
      start = end;
      sum ^= normalizer.fingerprintBits();
    }
    return sum;
  }
}
