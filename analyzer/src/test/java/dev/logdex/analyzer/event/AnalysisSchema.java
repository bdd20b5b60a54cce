package dev.logdex.analyzer.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/** The published schema of the topic, to hold records against. */
public final class AnalysisSchema {
  static final JsonNode SCHEMA = read();

  private static final JsonSchema VALIDATOR =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SCHEMA);

  private AnalysisSchema() {}

  /** What keeps a text from being a record of the topic. */
  public static Set<ValidationMessage> errors(String json) {
    return VALIDATOR.validate(
        json,
        InputFormat.JSON,
        context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
  }

  private static JsonNode read() {
    try (InputStream in =
        AnalysisSchema.class.getResourceAsStream("/schema/table-analyses.schema.json")) {
      return EventJson.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
