package dev.baton.cli.pipelines;

import dev.baton.task.DataInvalid;
import dev.baton.task.ExpandingTask;
import dev.baton.task.Expansion;
import dev.baton.task.ExternalTask;
import dev.baton.task.Input;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/// How many hives there are is known when somebody has counted them: tasks that fan out when they run.
public final class Apiary {
    /// The jars that were filled.
    public static final Queue<Jar> FILLED = new ConcurrentLinkedQueue<>();

    /// The hives whose jar breaks.
    public static final Queue<String> BREAKING = new ConcurrentLinkedQueue<>();

    private Apiary() {}

    /// An upload: a line for each hive, its name and its grams.
    @Intent("What each hive gave in a season")
    public record Hives(int season) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/hives/{season}.txt", this);
        }

        static Stream<String[]> rows(Input input) throws IOException {
            return input.text().lines().map(line -> line.split(" "));
        }
    }

    /// What depends on its parameters alone.
    @Intent("The honey of one hive")
    @Retries(0)
    public record Jar(int season, @Pattern(samples = {"oak", "elm"}) String hive, int grams) implements Task {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/jars/{season}/{hive}/{grams}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            if (BREAKING.contains(hive)) {
                throw new DataInvalid("s3://lake/hives/" + season + ".txt", 1, 1, "the jar of " + hive + " broke");
            }
            FILLED.add(this);
            run.output().text(hive + " " + grams);
        }
    }

    /// None may break.
    @Intent("A jar for each hive")
    @Expansion(maxConcurrency = 20)
    public record Jars(int season) implements ExpandingTask<Jar> {
        private Hives hives() {
            return new Hives(season);
        }

        @Override
        public List<Hives> requires() {
            return List.of(hives());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/jars/{season}.json", this);
        }

        @Override
        public Class<Jar> itemClass() {
            return Jar.class;
        }

        @Override
        public Stream<Jar> expand(TaskRun run) throws IOException {
            return Hives.rows(run.input(hives())).map(row -> new Jar(season, row[0], Integer.parseInt(row[1])));
        }
    }

    /// Reads what the items made.
    @Intent("All honey of a season")
    public record Shelf(int season) implements Task {
        private Jars jars() {
            return new Jars(season);
        }

        @Override
        public List<Jars> requires() {
            return List.of(jars());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/shelves/{season}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            var grams = 0;
            var jars = run.items(jars());
            for (Map.Entry<Jar, Input> jar : jars.entrySet()) {
                var words = jar.getValue().text().split(" ");
                if (!words[0].equals(jar.getKey().hive())) {
                    throw jar.getValue().invalid(1, 1, "the jar of " + jar.getKey().hive() + " was expected");
                }
                grams += Integer.parseInt(words[1]);
            }
            run.output().text(jars.size() + " jars, " + grams + " grams");
        }
    }

    /// Requires what the expanding task requires: it reads the same upload.
    @Intent("What one hive's honey tastes like")
    @Retries(0)
    public record Note(int season, @Pattern(samples = {"oak", "elm"}) String hive) implements Task {
        private Hives hives() {
            return new Hives(season);
        }

        @Override
        public List<Hives> requires() {
            return List.of(hives());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/notes/{season}/{hive}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            if (BREAKING.contains(hive)) {
                throw new IOException("nobody wants to taste " + hive);
            }
            var row = Hives.rows(run.input(hives())).filter(words -> words[0].equals(hive)).findFirst();
            run.output().text(Integer.parseInt(row.orElseThrow()[1]) > 100 ? "sweet" : "thin");
        }
    }

    /// A root that expands; half of its items may fail.
    @Intent("What the honey of a season tastes like")
    @Expansion(toleratedFailurePercentage = 50)
    public record Tasting(int season) implements ExpandingTask<Note> {
        private Hives hives() {
            return new Hives(season);
        }

        @Override
        public List<Hives> requires() {
            return List.of(hives());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/tastings/{season}.json", this);
        }

        @Override
        public Class<Note> itemClass() {
            return Note.class;
        }

        @Override
        public Stream<Note> expand(TaskRun run) throws IOException {
            return Hives.rows(run.input(hives())).map(row -> new Note(season, row[0]));
        }
    }
}
