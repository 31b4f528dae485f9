/* base/utf8: RFC 3629 and XML's name characters. */
#include "base/utf8.h"

#include "check.h"

RP_TEST(utf8_round_trip_of_every_scalar_value)
{
    uint32_t wrong = 0;

    for (uint32_t code_point = 0; code_point <= 0x10FFFF; code_point++) {
        char bytes[4];
        uint32_t decoded_length = 0;
        uint32_t length = rp_utf8_encode(code_point, bytes);
        bool is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;

        if (is_surrogate) {
            wrong += rp_utf8_sequence_length(bytes, length) != 0;
            continue;
        }
        wrong += rp_utf8_sequence_length(bytes, length) != length;
        wrong += length > 1 && rp_utf8_sequence_length(bytes, length - 1) != 0;
        wrong += rp_utf8_decode(bytes, &decoded_length) != code_point;
        wrong += decoded_length != length;
    }
    CHECK_INT(wrong, 0);
}

RP_TEST(utf8_refuses_ill_formed_sequences)
{
    static const char *const bad[] = {"\x80",
                                      "\xBF",
                                      "\xC0\xAF",
                                      "\xC1\xBF",
                                      "\xE0\x80\xAF",
                                      "\xE0\x9F\xBF",
                                      "\xED\xA0\x80",
                                      "\xED\xBF\xBF",
                                      "\xF0\x80\x80\xAF",
                                      "\xF0\x8F\xBF\xBF",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\xFE",
                                      "\xFF",
                                      "\xC3",
                                      "\xE2\x82",
                                      "\xF0\x9F\x98",
                                      "\xC3(",
                                      "\xE2(\xAC",
                                      "\xE2\x82("};

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (!CHECK_INT(rp_utf8_sequence_length(bad[i], strlen(bad[i])), 0)) {
            CHECK_INT(i, -1);
        }
    }
    CHECK_INT(rp_utf8_sequence_length("", 0), 0);
}

RP_TEST(utf8_valid_prefix_and_count)
{
    CHECK_INT(rp_utf8_valid_prefix(RP_TEXT("")), 0);
    CHECK_INT(rp_utf8_valid_prefix(RP_TEXT("0123456789abcdef")), 16);
    CHECK_INT(rp_utf8_valid_prefix(RP_TEXT("0123456789é€😀z")), 20);
    CHECK_INT(rp_utf8_valid_prefix(RP_TEXT("01234567\xED\xA0\x80")), 8);
    CHECK_INT(rp_utf8_valid_prefix(RP_TEXT("0123456\xE2\x82")), 7);
    CHECK_INT(rp_utf8_count(RP_TEXT("aé€😀")), 4);
    CHECK_INT(rp_utf8_count(RP_TEXT("")), 0);
}

RP_TEST(utf8_name_characters)
{
    CHECK(rp_utf8_is_name_start('a') && rp_utf8_is_name_start('Z') && rp_utf8_is_name_start('_') &&
          rp_utf8_is_name_start(':') && rp_utf8_is_name_start(0xC0) &&
          rp_utf8_is_name_start(0x2FEF) && rp_utf8_is_name_start(0xEFFFF));
    CHECK(!rp_utf8_is_name_start('-') && !rp_utf8_is_name_start('0') &&
          !rp_utf8_is_name_start('.') && !rp_utf8_is_name_start(0xD7) &&
          !rp_utf8_is_name_start(0x37E) && !rp_utf8_is_name_start(0x2190) &&
          !rp_utf8_is_name_start(0xF0000) && !rp_utf8_is_name_start(' '));
    CHECK(rp_utf8_is_name_char('-') && rp_utf8_is_name_char('.') && rp_utf8_is_name_char('9') &&
          rp_utf8_is_name_char(0xB7) && rp_utf8_is_name_char(0x300) &&
          rp_utf8_is_name_char(0x203F) && rp_utf8_is_name_char('a'));
    CHECK(!rp_utf8_is_name_char('/') && !rp_utf8_is_name_char(0x2041) &&
          !rp_utf8_is_name_char(0xBF));
}
