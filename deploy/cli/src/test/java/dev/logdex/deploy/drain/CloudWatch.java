package dev.logdex.deploy.drain;

import dev.logdex.runtime.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Log lines as CloudWatch Logs hands them to a subscription, and Firehose takes them on. */
final class CloudWatch {
  private CloudWatch() {}

  /** Each line with those that continue it: one event each. */
  static List<String> messages(List<String> lines) {
    List<String> messages = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("\t") && !messages.isEmpty()) {
        messages.add(messages.remove(messages.size() - 1) + "\n" + line);
      } else {
        messages.add(line);
      }
    }
    return messages;
  }

  /** A request with one record. */
  static byte[] firehose(String requestId, List<String> messages, int firstId) throws IOException {
    String data = Base64.getEncoder().encodeToString(gzip(envelope(messages, firstId)));
    return EventJson.write(
        Map.of(
            "requestId",
            requestId,
            "timestamp",
            1_578_090_901_599L,
            "records",
            List.of(Map.of("data", data))));
  }

  private static byte[] envelope(List<String> messages, int firstId) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (String message : messages) {
      int id = firstId + events.size();
      events.add(Map.of("id", Integer.toString(id), "timestamp", id, "message", message));
    }
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("messageType", "DATA_MESSAGE");
    envelope.put("logGroup", "/aws/rds/instance/shop/postgresql");
    envelope.put("logStream", "shop.0");
    envelope.put("logEvents", events);
    return EventJson.write(envelope);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}
