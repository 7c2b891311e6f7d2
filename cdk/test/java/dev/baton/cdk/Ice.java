package dev.baton.cdk;

import dev.baton.task.Compute;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.ServiceTask;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.service.EventPut;
import dev.baton.task.service.References;
import dev.baton.task.service.ServiceCall;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// A pipeline with two tasks in containers and one that a service does.
final class Ice {
    static final Pipeline PIPELINE = Pipeline.of("ice", Announcement.class);

    private Ice() {}

    @Intent("Thickness of the ice at the end of a year")
    record Survey(int year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/surveys/{year}.txt", this);
        }
    }

    @Intent("How the ice flows until it rests")
    @Compute(on = Compute.Platform.FARGATE, memory = 2_048, milliCpu = 1_000)
    record Flow(int year) implements Task {
        @Override
        public List<Survey> requires() {
            return List.of(new Survey(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/flow/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text("flows");
        }
    }

    @Intent("Where the glacier ends")
    @Compute(on = Compute.Platform.FARGATE, memory = 512, milliCpu = 250)
    record Tongue(int year) implements Task {
        @Override
        public List<Flow> requires() {
            return List.of(new Flow(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/tongues/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text("ends");
        }
    }

    @Intent("The year's announcement")
    record Announcement(int year) implements ServiceTask {
        @Override
        public List<Tongue> requires() {
            return List.of(new Tongue(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/announcements/{year}.json", this);
        }

        @Override
        public ServiceCall call(References references) {
            return new EventPut("default", "acme.ice", "The ice was measured", Map.of("year", year));
        }
    }
}
