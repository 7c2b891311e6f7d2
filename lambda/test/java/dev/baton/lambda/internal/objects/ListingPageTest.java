package dev.baton.lambda.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.lambda.internal.objects.S3Access.Listed;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingPageTest {
    @Test
    void keys_are_decoded_and_the_next_page_is_named() {
        var listing = ListingPage.parse("""
                <?xml version="1.0" encoding="UTF-8"?>
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>lake</Name><Prefix>a%2F</Prefix>\
                <NextContinuationToken>1/ab+c==</NextContinuationToken><IsTruncated>true</IsTruncated>\
                <Contents><Key>a%2F1+%26%C3%A4</Key><ETag>&quot;e1&quot;</ETag><Size>1</Size></Contents>\
                <Contents><Key>a%2F2</Key><ETag>"e2"</ETag><Owner><ID>o</ID></Owner></Contents></ListBucketResult>""");
        assertThat(listing.objects()).containsExactly(new Listed("a/1 &ä", "\"e1\""), new Listed("a/2", "\"e2\""));
        assertThat(listing.next()).isEqualTo("1/ab+c==");
    }

    @Test
    void the_last_page_names_none_even_where_nothing_is_there() {
        assertThat(ListingPage.parse("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"))
                .isEqualTo(new ListingPage(List.of(), null));
    }

    @Test
    void only_the_first_key_itself_counts_and_none_that_begins_like_it() {
        var xml =
                "<ListVersionsResult><Version><Key>a%2F12</Key><VersionId>v</VersionId></Version></ListVersionsResult>";
        assertThat(ListingPage.isOf(xml, "a/12")).isTrue();
        assertThat(ListingPage.isOf(xml, "a/1")).isFalse();
        assertThat(ListingPage.isOf("<ListVersionsResult></ListVersionsResult>", "a/1"))
                .isFalse();
    }
}
