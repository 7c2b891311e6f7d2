/// Operation of deployed pipelines: starting, watching and mending executions, on any endpoint.
@NullMarked
package dev.baton.cli.operate;

import org.jspecify.annotations.NullMarked;
