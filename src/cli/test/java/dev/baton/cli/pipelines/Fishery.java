package dev.baton.cli.pipelines;

import dev.baton.task.Access;
import dev.baton.task.DynamoDbTarget;
import dev.baton.task.ExpandingTask;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.ServiceTask;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.service.DynamoDbGet;
import dev.baton.task.service.DynamoDbPut;
import dev.baton.task.service.DynamoDbUpdate;
import dev.baton.task.service.References;
import dev.baton.task.service.ServiceCall;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Outputs that are items of tables, and tables that tasks and services use besides.
public final class Fishery {
    /// How often a total was made.
    public static final AtomicInteger TOTALS = new AtomicInteger();

    private Fishery() {}

    /// An upload: a line `port kilos` for each.
    @Intent("What was caught in a year")
    public record Catch(int year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/catches/{year}.txt", this);
        }

        static int kilos(String line) {
            return Integer.parseInt(line.substring(line.indexOf(' ') + 1));
        }
    }

    /// An item with a sort key.
    @Intent("How much was caught in a year")
    @Retries(value = 0)
    public record Total(int year) implements Task {
        private Catch landed() {
            return new Catch(year);
        }

        @Override
        public List<Catch> requires() {
            return List.of(landed());
        }

        @Override
        public Target output() {
            return DynamoDbTarget.item("totals", "kind", "catch-{year}", this).sortedByNumber("year", "{year}");
        }

        @Override
        public void run(TaskRun run) throws IOException {
            TOTALS.incrementAndGet();
            var lines = run.input(landed()).text().lines().toList();
            if (lines.getFirst().startsWith("poached ")) {
                var other = Map.of("kind", AttributeValue.fromS("catch-1999"), "year", AttributeValue.fromN("1999"));
                run.client(DynamoDbClient.class)
                        .putItem(request -> request.tableName("totals").item(other));
            }
            var kilos = lines.stream().mapToInt(Catch::kilos).sum();
            run.output().item(Map.of("kilos", kilos, "mean", (double) kilos / lines.size()));
        }
    }

    /// After it: reads the item in the version of the run.
    @Intent("The year in a sentence")
    public record Bulletin(int year) implements Task {
        private Total total() {
            return new Total(year);
        }

        @Override
        public List<Total> requires() {
            return List.of(total());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/bulletins/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            var item = run.input(total()).item();
            run.output().text(item.get("kilos") + " kg, " + item.get("mean") + " kg a port");
        }
    }

    /// Items of a table that are the items of a fan-out.
    @Intent("How much each port landed")
    public record Ports(int year) implements ExpandingTask<Port> {
        private Catch landed() {
            return new Catch(year);
        }

        @Override
        public List<Catch> requires() {
            return List.of(landed());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/ports/{year}.json", this);
        }

        @Override
        public Class<Port> itemClass() {
            return Port.class;
        }

        @Override
        public Stream<Port> expand(TaskRun run) throws IOException {
            return run.input(landed()).text().lines().map(line -> new Port(line.substring(0, line.indexOf(' ')), year));
        }
    }

    /// One of them.
    @Intent("How much one port landed")
    public record Port(@Pattern(samples = {"kiel", "rome"}) String port, int year) implements Task {
        private Catch landed() {
            return new Catch(year);
        }

        @Override
        public List<Catch> requires() {
            return List.of(landed());
        }

        @Override
        public Target output() {
            return DynamoDbTarget.item("ports", "port", "{port}", this).sortedByNumber("year", "{year}");
        }

        @Override
        public void run(TaskRun run) throws IOException {
            var line = run.input(landed())
                    .text()
                    .lines()
                    .filter(one -> one.startsWith(port + " "))
                    .findFirst();
            run.output().item(Map.of("kilos", Catch.kilos(line.orElseThrow())));
        }
    }

    /// With a client of its own.
    @Intent("What is left of the quota")
    @Retries(value = 0)
    public record Quota(int year) implements Task {
        private Catch landed() {
            return new Catch(year);
        }

        @Override
        public List<Catch> requires() {
            return List.of(landed());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/quotas/{year}.txt", this);
        }

        @Override
        public List<Access> uses() {
            return List.of(Access.items("quotas", List.of("GetItem", "PutItem"), List.of("herring")));
        }

        @Override
        public void run(TaskRun run) throws IOException {
            var table = run.client(DynamoDbClient.class);
            var fish = run.input(landed()).text().startsWith("poached ") ? "cod" : "herring";
            var key = Map.of("fish", AttributeValue.fromS(fish));
            table.putItem(request -> request.tableName("quotas").item(key));
            run.output()
                    .text(table.getItem(request -> request.tableName("quotas").key(key))
                            .item()
                            .toString());
        }
    }

    /// By DynamoDB itself: first a put, then an update, then what is there.
    @Intent("The book has a page")
    @Retries(value = 0)
    public record Page(int year) implements ServiceTask {
        @Override
        public List<Catch> requires() {
            return List.of(new Catch(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/book/{year}/page.json", this);
        }

        @Override
        public ServiceCall call(References references) {
            return new DynamoDbPut(
                    "book", Map.of("page", Map.of("S", "catch"), "year", Map.of("N", String.valueOf(year))), "page");
        }
    }

    /// The second.
    @Intent("The page is signed")
    @Retries(value = 0)
    public record Signature(int year) implements ServiceTask {
        @Override
        public List<Page> requires() {
            return List.of(new Page(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/book/{year}/signature.json", this);
        }

        @Override
        public ServiceCall call(References references) {
            return new DynamoDbUpdate(
                    "book",
                    Map.of("page", Map.of("S", "catch"), "year", Map.of("N", String.valueOf(year))),
                    "SET #by = :by",
                    "attribute_exists(page)",
                    Map.of("#by", "by"),
                    Map.of(":by", Map.of("S", references.token())),
                    "page");
        }
    }

    /// The third.
    @Intent("The page as it is read")
    @Retries(value = 0)
    public record Reading(int year) implements ServiceTask {
        @Override
        public List<Signature> requires() {
            return List.of(new Signature(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/book/{year}/reading.json", this);
        }

        @Override
        public ServiceCall call(References references) {
            return new DynamoDbGet(
                    "book", Map.of("page", Map.of("S", "catch"), "year", Map.of("N", String.valueOf(year))), "page");
        }
    }
}
