package dev.baton.compiler;

import dev.baton.task.Access;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Owner;
import dev.baton.task.Pipeline;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.Timeout;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;

/// A pipeline for tests: uploads per shop, cleaned, counted and priced, with a join that fork-join cannot say.
final class Sales {
    static final Pipeline PIPELINE = Pipeline.of("sales", Report.class);

    private Sales() {}

    enum Shop {
        NORTH,
        SOUTH
    }

    @Intent("What a shop sold in a month, as it was uploaded")
    record Upload(Shop shop, YearMonth month) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/uploads/{shop}/{month}.csv", this);
        }
    }

    @Intent("Sales without test entries")
    @Retries(value = 5, intervalSeconds = 10, backoffRate = 1.5, maxDelaySeconds = 120)
    @Timeout(minutes = 5)
    @Owner("ledger")
    record Clean(Shop shop, YearMonth month) implements Task {
        @Override
        public List<Upload> requires() {
            return List.of(new Upload(shop, month));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/clean/{shop}/{month}.csv", this);
        }

        @Override
        public void run(TaskRun run) {}
    }

    @Intent("How much of each article was sold")
    @Retries(0)
    record Counts(Shop shop, YearMonth month) implements Task {
        @Override
        public List<Clean> requires() {
            return List.of(new Clean(shop, month));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/counts/{shop}/{month}.json", this);
        }

        @Override
        public void run(TaskRun run) {}
    }

    @Intent("What the sales were worth")
    record Turnover(Shop shop, YearMonth month) implements Task {
        @Override
        public List<Clean> requires() {
            return List.of(new Clean(shop, month));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://books/turnover/{shop}/{month}.json", this);
        }

        @Override
        public List<Access> uses() {
            return List.of(
                    Access.read("s3://reference/prices/"),
                    Access.secret("rates/key"),
                    Access.items("currencies", List.of("GetItem"), List.of("EUR")));
        }

        @Override
        public void run(TaskRun run) {}
    }

    @Intent("Which shop needs what, from both shops' counts")
    record Orders(YearMonth month) implements Task {
        @Override
        public List<Counts> requires() {
            return Arrays.stream(Shop.values())
                    .map(shop -> new Counts(shop, month))
                    .toList();
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/orders/{month}.json", this);
        }

        @Override
        public void run(TaskRun run) {}
    }

    @Intent("The month for the owners")
    record Report(YearMonth month) implements Task {
        @Override
        public List<Task> requires() {
            return List.of(
                    new Orders(month),
                    new Turnover(Shop.NORTH, month),
                    new Turnover(Shop.SOUTH, month),
                    new Counts(Shop.SOUTH, month));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://books/reports/{month}.html", this);
        }

        @Override
        public void run(TaskRun run) {}
    }
}
