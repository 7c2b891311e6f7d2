package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The platform of a task: what a task runs on. Without it: Lambda with 1,024 MB.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Compute {
    /// Where it runs.
    Platform on() default Platform.LAMBDA;

    /// In MB: 128 to 10,240 on Lambda; on Fargate what its CPU allows (TSK009), such as 2,048 to 8,192 with one.
    int memory() default 1_024;

    /// Thousandths of a CPU on Fargate: 250, 500, 1,000, 2,000, 4,000, 8,000 or 16,000. On Lambda memory decides.
    int milliCpu() default 1_000;

    /// The platforms that tasks run on.
    enum Platform {
        /// A Lambda function: up to 15 minutes.
        LAMBDA,
        /// A container on ECS Fargate: what outlasts 15 minutes or 10 GB.
        FARGATE
    }
}
