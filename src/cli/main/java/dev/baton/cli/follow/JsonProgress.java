package dev.baton.cli.follow;

import dev.baton.json.Json;
import java.io.PrintWriter;

/// One JSON object a line.
record JsonProgress(PrintWriter out) implements ProgressReport {
    @Override
    public void tell(RunEvent event) {
        out.println(Json.print(event.toJson()));
    }
}
