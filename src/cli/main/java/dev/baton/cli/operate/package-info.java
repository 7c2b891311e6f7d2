/// What is done with pipelines that are deployed: starting, watching, mending and clearing away, on any endpoint.
@NullMarked
package dev.baton.cli.operate;

import org.jspecify.annotations.NullMarked;
