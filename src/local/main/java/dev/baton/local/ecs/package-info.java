/// ECS, as far as tasks on Fargate need it: clusters, task definitions, and tasks whose container is a JVM of this
/// machine.
@NullMarked
package dev.baton.local.ecs;

import org.jspecify.annotations.NullMarked;
