/// Outputs that are items of DynamoDB tables: put from their documents, and looked at.
@NullMarked
package dev.baton.lambda.internal.items;

import org.jspecify.annotations.NullMarked;
