package dev.baton.cli.pipelines;

import dev.baton.task.Access;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// Stalls that share an upload, read what nobody requires, and have parameters that are called like options.
public final class Market {
    private Market() {}

    public enum Side {
        EAST,
        WEST
    }

    @Intent("The rules of the market, of all stalls")
    public record Rules(int year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/rules/{year}.txt", this);
        }
    }

    @Intent("What a stall offers, compressed")
    public record Offer(Side side, int year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/offers/{side}/{year}.gz", this);
        }
    }

    @Intent("What a stall asks for its goods; the one in the west has none")
    @Retries(0)
    public record Stall(Side side, int year) implements Task {
        @Override
        public List<Task> requires() {
            return List.of(new Rules(year), new Offer(side, year));
        }

        @Override
        public List<Access> uses() {
            return List.of(Access.read("s3://lake/weights/"), Access.list("s3://lake/weights/"));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/stalls/{side}/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            if (side == Side.WEST) {
                throw new IllegalStateException("nothing to sell");
            }
            var text = new StringBuilder();
            for (var uri : run.list("s3://lake/weights/")) {
                text.append(run.object(uri).text());
            }
            try (var in = new GZIPInputStream(run.input(new Offer(side, year)).stream())) {
                text.append(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            }
            run.output().text(text.toString());
        }
    }

    @Intent("A sign over a stall")
    public record Sign(@Pattern(samples = {"a", "b"}) String data, @Pattern(samples = {"a", "b"}) String jar)
            implements Task {
        @Override
        public List<Paint> requires() {
            return List.of(new Paint(data, jar));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/signs/{data}/{jar}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text(data + " and " + jar);
        }
    }

    @Intent("What a sign is painted with")
    public record Paint(@Pattern(samples = {"a", "b"}) String data, @Pattern(samples = {"a", "b"}) String jar)
            implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/paints/{data}/{jar}.txt", this);
        }
    }
}
