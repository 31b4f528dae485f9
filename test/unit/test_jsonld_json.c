/* jsonld/json, json_bytes, json_number, json_canonical, json_sort, keyword. */
#include "check.h"
#include "host.h"
#include "json_text.h"
#include "jsonld/json_bytes.h"
#include "jsonld/json_canonical.h"
#include "jsonld/json_number.h"
#include "jsonld/keyword.h"

static RpArena arena;

static void
begin(RpJsonDocument *document, const char *text)
{
    rp_arena_init(&arena, &rp_test_host, (size_t)1 << 28);
    CHECK(rp_test_json_read(document, &arena, rp_text_from(text)));
}

static void
end(void)
{
    rp_arena_free(&arena);
    CHECK_INT(rp_test_block_count, 0);
}

static void
check_pointer(const RpJson *value, const char *pointer)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, &arena);
    rp_json_pointer_append(&buffer, value);
    CHECK_TEXT(rp_buffer_text(&buffer), pointer);
}

/* Every value is found by its number, and has a pointer of its own. */
static void
check_numbers(const RpJsonDocument *document, const RpJson *value)
{
    CHECK(rp_json_value(document, value->number) == value);
    for (uint32_t i = 0; rp_json_is_container(value) && i < value->length; i++) {
        CHECK(value->items[i].container == value);
        check_numbers(document, &value->items[i]);
    }
}

RP_TEST(json_pointers_and_numbers)
{
    RpJsonDocument document;
    const RpJson *value;

    begin(&document, "{\"a\": [1, {\"x/y\": [], \"m~n\": [[0]]}, \"\"], \"\": null, \"b\": {}}");
    CHECK_INT(document.value_count, 11);
    CHECK_INT(rp_json_depth(&document), 5);
    check_numbers(&document, &document.root);
    CHECK(rp_json_value(&document, 0) == NULL);
    CHECK(rp_json_value(&document, 1) == &document.root);
    CHECK(rp_json_value(&document, 12) == NULL);
    check_pointer(&document.root, "");
    value = rp_json_member(&document.root, RP_TEXT("a"));
    check_pointer(value, "/a");
    check_pointer(&value->items[2], "/a/2");
    check_pointer(rp_json_member(&value->items[1], RP_TEXT("x/y")), "/a/1/x~1y");
    value = rp_json_member(&value->items[1], RP_TEXT("m~n"));
    check_pointer(&value->items[0].items[0], "/a/1/m~0n/0/0");
    check_pointer(rp_json_member(&document.root, RP_TEXT("")), "/");
    check_pointer(document.deepest, "/a/1/m~0n/0/0");
    CHECK(rp_json_member(&document.root, RP_TEXT("c")) == NULL);
    CHECK(rp_json_member(value, RP_TEXT("a")) == NULL);
    end();
}

/* As jsonb has them: what the tests' own reader makes. */
RP_TEST(json_texts_of_the_tests)
{
    static const char *const refused[] = {
        "",    "{",           "[1,]",        "{\"a\":1,}",  "01",       "1.",       ".5",
        "1e",  "\"\\ud800\"", "\"\\udc00\"", "\"\\u0000\"", "\"\x01\"", "\"\xff\"", "nul",
        "1 2", "{\"a\" 1}",   "{1:2}",       "\"\\x\"",     "[1 2]",    "\"a"};
    RpJsonDocument document;

    begin(&document, " {\"bb\": 1, \"a\": 2, \"a\": \"\\ud83d\\ude00\\n\", \"\\u00e9\": -0.5e+3} ");
    CHECK_INT(document.root.length, 3);
    CHECK_TEXT(rp_json_key(&document.root.items[0]), "a");
    CHECK_TEXT(rp_json_text(&document.root.items[0]), "\xf0\x9f\x98\x80\n");
    CHECK_TEXT(rp_json_text(&document.root.items[2]), "-0.5e+3");
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (!CHECK(!rp_test_json_read(&document, &arena, rp_text_from(refused[i])))) {
            CHECK_TEXT(rp_text_from(refused[i]), "refused");
        }
    }
    end();
}

RP_TEST(json_equality)
{
    static const char *const values[] = {
        "null",  "true",      "false",     "1",         "1.0",
        "\"1\"", "[]",        "{}",        "[1]",       "[1,2]",
        "[2,1]", "{\"a\":1}", "{\"b\":1}", "{\"a\":2}", "{\"a\":1,\"b\":2}",
        "[[1]]"};
    RpJsonDocument a;
    RpJsonDocument b;

    begin(&a, "1");
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        for (size_t j = 0; j < sizeof values / sizeof *values; j++) {
            CHECK(rp_test_json_read(&a, &arena, rp_text_from(values[i])));
            CHECK(rp_test_json_read(&b, &arena, rp_text_from(values[j])));
            CHECK_INT(rp_json_equals(&a.root, &b.root), i == j);
        }
    }
    end();
}

RP_TEST(json_bytes_round_trip)
{
    RpJsonDocument document;
    RpJsonDocument again;
    RpBuffer bytes;
    RpError error;

    begin(&document, "{\"a\": [null, true, false, 1.5, \"x\", {}, []], \"\": {\"k\": \"\"}}");
    rp_buffer_init(&bytes, &arena);
    rp_json_bytes_append(&bytes, &document.root);
    rp_json_document_init(&again, &arena);
    CHECK_STATUS(rp_json_bytes_read(&again, bytes.data, &error), RP_OK);
    CHECK(rp_json_equals(&document.root, &again.root));
    CHECK_INT(again.value_count, document.value_count);
    end();
}

static void
check_form(const char *number, RpNumberForm form, const char *expected)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, &arena);
    CHECK(rp_json_number_append(&buffer, rp_text_from(number), form));
    if (!CHECK_TEXT(rp_buffer_text(&buffer), expected)) {
        CHECK_TEXT(rp_text_from(number), expected);
    }
}

/* JSON-LD 1.1 API, 8.6: the canonical form of a double has 15 digits behind the point at most. */
RP_TEST(json_numbers_as_doubles)
{
    rp_arena_init(&arena, &rp_test_host, (size_t)1 << 28);
    check_form("5.3", RP_NUMBER_DOUBLE, "5.3E0");
    check_form("10.5", RP_NUMBER_DOUBLE, "1.05E1");
    check_form("0", RP_NUMBER_DOUBLE, "0.0E0");
    check_form("-0", RP_NUMBER_DOUBLE, "0.0E0");
    check_form("1e21", RP_NUMBER_DOUBLE, "1.0E21");
    check_form("-1234.5e-10", RP_NUMBER_DOUBLE, "-1.2345E-7");
    check_form("0.1", RP_NUMBER_DOUBLE, "1.0E-1");
    check_form("0.30000000000000004", RP_NUMBER_DOUBLE, "3.0E-1");
    check_form("123456789.123456789", RP_NUMBER_DOUBLE, "1.234567891234568E8");
    check_form("5e-324", RP_NUMBER_DOUBLE, "4.940656458412465E-324");
    check_form("1.7976931348623157e308", RP_NUMBER_DOUBLE, "1.797693134862316E308");
    end();
}

/* RFC 8785, 3.2.2.3, and the examples of its appendix B. */
RP_TEST(json_numbers_as_ecmascript)
{
    rp_arena_init(&arena, &rp_test_host, (size_t)1 << 28);
    check_form("0", RP_NUMBER_ECMA, "0");
    check_form("-0", RP_NUMBER_ECMA, "0");
    check_form("5e-324", RP_NUMBER_ECMA, "5e-324");
    check_form("-5e-324", RP_NUMBER_ECMA, "-5e-324");
    check_form("1.7976931348623157e308", RP_NUMBER_ECMA, "1.7976931348623157e+308");
    check_form("9007199254740992", RP_NUMBER_ECMA, "9007199254740992");
    check_form("9007199254740993", RP_NUMBER_ECMA, "9007199254740992");
    check_form("295147905179352830000", RP_NUMBER_ECMA, "295147905179352830000");
    check_form("9.999999999999997e22", RP_NUMBER_ECMA, "9.999999999999997e+22");
    check_form("1e23", RP_NUMBER_ECMA, "1e+23");
    check_form("1.0000000000000001e23", RP_NUMBER_ECMA, "1.0000000000000001e+23");
    check_form("999999999999999700000", RP_NUMBER_ECMA, "999999999999999700000");
    check_form("1e21", RP_NUMBER_ECMA, "1e+21");
    check_form("9.999999999999997e-7", RP_NUMBER_ECMA, "9.999999999999997e-7");
    check_form("0.000001", RP_NUMBER_ECMA, "0.000001");
    check_form("333333333.3333332", RP_NUMBER_ECMA, "333333333.3333332");
    check_form("333333333.33333329", RP_NUMBER_ECMA, "333333333.3333333");
    check_form("-0.0000033333333333333333", RP_NUMBER_ECMA, "-0.0000033333333333333333");
    check_form("1424953923781206.2", RP_NUMBER_ECMA, "1424953923781206.2");
    check_form("4.50", RP_NUMBER_ECMA, "4.5");
    check_form("2e-3", RP_NUMBER_ECMA, "0.002");
    check_form("0.000000000000000000000000001", RP_NUMBER_ECMA, "1e-27");
    /* 2^-44: the nearest 16 digits read as its neighbour, the next ones up as itself. */
    check_form("5.6843418860808015e-14", RP_NUMBER_ECMA, "5.684341886080802e-14");
    end();
}

RP_TEST(json_numbers_exactly)
{
    RpBuffer buffer;

    rp_arena_init(&arena, &rp_test_host, (size_t)1 << 28);
    check_form("10.50", RP_NUMBER_DECIMAL, "10.5");
    check_form("-0.001", RP_NUMBER_DECIMAL, "-0.001");
    check_form("12.5e3", RP_NUMBER_DECIMAL, "12500");
    check_form("12.5e-3", RP_NUMBER_DECIMAL, "0.0125");
    check_form("1.25e1", RP_NUMBER_DECIMAL, "12.5");
    check_form("0.0", RP_NUMBER_DECIMAL, "0");
    check_form("0.1000000000000000055511151231257827", RP_NUMBER_DECIMAL,
               "0.1000000000000000055511151231257827");
    check_form("9007199254740993", RP_NUMBER_INTEGER, "9007199254740993");
    check_form("1.0", RP_NUMBER_INTEGER, "1");
    check_form("-1.50e1", RP_NUMBER_INTEGER, "-15");
    check_form("1e20", RP_NUMBER_INTEGER, "100000000000000000000");
    CHECK(rp_json_number_is_integer(RP_TEXT("1e20")));
    CHECK(rp_json_number_is_integer(RP_TEXT("999999999999999999999")));
    CHECK(!rp_json_number_is_integer(RP_TEXT("1000000000000000000000")));
    CHECK(!rp_json_number_is_integer(RP_TEXT("1e21")));
    CHECK(!rp_json_number_is_integer(RP_TEXT("-1e21")));
    CHECK(!rp_json_number_is_integer(RP_TEXT("1.5")));
    CHECK(!rp_json_number_is_integer(RP_TEXT("1e-1")));
    CHECK(rp_json_number_is_integer(RP_TEXT("0e99999999999999999999")));
    CHECK(rp_json_number_is_integer(RP_TEXT("-0.000")));
    rp_buffer_init(&buffer, &arena);
    CHECK(!rp_json_number_append(&buffer, RP_TEXT("1e309"), RP_NUMBER_DOUBLE));
    CHECK(!rp_json_number_append(&buffer, RP_TEXT("-1e309"), RP_NUMBER_ECMA));
    CHECK(!rp_json_number_append(&buffer, RP_TEXT("1e99999999999999999999"), RP_NUMBER_DECIMAL));
    CHECK(!rp_json_number_append(&buffer, RP_TEXT("1e-99999999999999999999"), RP_NUMBER_DECIMAL));
    CHECK_INT(buffer.length, 0);
    CHECK(rp_json_number_append(&buffer, RP_TEXT("1e131071"), RP_NUMBER_DECIMAL));
    CHECK_INT(buffer.length, 131072);
    end();
}

static void
check_canonical(const char *text, const char *expected)
{
    RpJsonDocument document;
    const RpJson *refused = NULL;
    RpBuffer buffer;

    begin(&document, text);
    rp_buffer_init(&buffer, &arena);
    rp_json_canonical_append(&buffer, &document.root, &refused);
    CHECK(refused == NULL);
    CHECK_TEXT(rp_buffer_text(&buffer), expected);
    end();
}

/* RFC 8785, 3.2.3: by UTF-16 code units, in which U+10000 comes before U+E000. */
RP_TEST(json_canonical_form)
{
    RpJsonDocument document;
    const RpJson *refused = NULL;
    RpBuffer buffer;

    check_canonical("[null, true, false, 1.0, \"a\", [], {}, 1e30]",
                    "[null,true,false,1,\"a\",[],{},1e+30]");
    check_canonical("{\"b\": 1, \"aa\": 2, \"a\": {\"d\": [ 1 , 2 ], \"c\": 0}}",
                    "{\"a\":{\"c\":0,\"d\":[1,2]},\"aa\":2,\"b\":1}");
    check_canonical("{\"\xf0\x90\x80\x80\": 1, \"\xee\x80\x80\": 2, \"\xe2\x82\xac\": 3, "
                    "\"\xef\xac\xb3\": 4, \"\\r\": 5, \"1\": 6, \"\xc2\x80\": 7, \"\xc3\xb6\": 8}",
                    "{\"\\r\":5,\"1\":6,\"\xc2\x80\":7,\"\xc3\xb6\":8,\"\xe2\x82\xac\":3,"
                    "\"\xf0\x90\x80\x80\":1,\"\xee\x80\x80\":2,\"\xef\xac\xb3\":4}");
    check_canonical("\"\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\\\/\\u20ac\\u007f\"",
                    "\"\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\xe2\x82\xac\x7f\"");
    begin(&document, "[1, {\"a\": 1e400}]");
    rp_buffer_init(&buffer, &arena);
    rp_json_canonical_append(&buffer, &document.root, &refused);
    check_pointer(refused, "/1/a");
    end();
}

RP_TEST(json_many_members_are_sorted)
{
    enum { COUNT = 1000 };
    RpJsonDocument document;
    const RpJson *refused = NULL;
    RpBuffer text;
    RpBuffer sorted;

    begin(&document, "1");
    rp_buffer_init(&text, &arena);
    rp_buffer_init(&sorted, &arena);
    rp_buffer_append_byte(&text, '{');
    rp_buffer_append_byte(&sorted, '{');
    for (unsigned i = 0; i < COUNT; i++) {
        const char *comma = i > 0 ? "," : "";

        rp_buffer_append_format(&text, "%s\"%03u\":0", comma, i * 7919 % COUNT);
        rp_buffer_append_format(&sorted, "%s\"%03u\":0", comma, i);
    }
    rp_buffer_append_byte(&text, '}');
    rp_buffer_append_string(&sorted, "}");
    CHECK(rp_test_json_read(&document, &arena, rp_buffer_text(&text)));
    text.length = 0;
    rp_json_canonical_append(&text, &document.root, &refused);
    CHECK(rp_text_equals(rp_buffer_text(&text), rp_buffer_text(&sorted)));
    end();
}

RP_TEST(json_ld_keywords)
{
    for (int keyword = 1; keyword < RP_KEYWORD_COUNT; keyword++) {
        RpText text = rp_keyword_text((RpKeyword)keyword);

        CHECK_INT(rp_keyword_find(text), keyword);
        CHECK(rp_keyword_is_form(text));
        text.length--;
        CHECK_INT(rp_keyword_find(text), RP_KEYWORD_NONE_AT_ALL);
    }
    CHECK_INT(rp_keyword_find(RP_TEXT("@ID")), RP_KEYWORD_NONE_AT_ALL);
    CHECK_INT(rp_keyword_find(RP_TEXT("")), RP_KEYWORD_NONE_AT_ALL);
    CHECK(rp_keyword_is_form(RP_TEXT("@ignoreMe")));
    CHECK(!rp_keyword_is_form(RP_TEXT("@")));
    CHECK(!rp_keyword_is_form(RP_TEXT("@foo.bar")));
    CHECK(!rp_keyword_is_form(RP_TEXT("a@b")));
}
