#pragma once

#include <stddef.h>
#include <stdint.h>

/* A C view of one SentencePiece model. No exception leaves these functions, no memory changes hands except the model
   itself, and all of them but open and close may be called from several threads at once. */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct coldstart_sentencepiece coldstart_sentencepiece;

enum {
    COLDSTART_SENTENCEPIECE_OK = 0,
    /* The bytes are not a SentencePiece model. */
    COLDSTART_SENTENCEPIECE_BAD_MODEL = 1,
    /* The library refused the call. */
    COLDSTART_SENTENCEPIECE_FAILED = 2,
};

/* Parses a serialized model and stores it in *model. On failure *model is NULL and `message` holds one line of reason,
   cut to its capacity and always terminated. The bytes are not needed afterwards. */
int coldstart_sentencepiece_open(
    const void *bytes, size_t count, coldstart_sentencepiece **model, char *message, size_t message_capacity);

/* Frees a model; NULL is allowed. */
void coldstart_sentencepiece_close(coldstart_sentencepiece *model);

/* The number of pieces; ids are 0 up to it. */
int32_t coldstart_sentencepiece_piece_count(const coldstart_sentencepiece *model);

/* For each piece writes 1 where it begins with U+2581 (the word mark), else 0. `flags` has one place for each piece. */
int coldstart_sentencepiece_word_starts(const coldstart_sentencepiece *model, uint8_t *flags);

/* The id of the piece with exactly this text, -1 where there is none. */
int32_t coldstart_sentencepiece_piece_id(const coldstart_sentencepiece *model, const char *text, size_t length);

/* 1 where the piece of an id has exactly this text and score, else 0. */
int coldstart_sentencepiece_is_piece(
    const coldstart_sentencepiece *model, int32_t id, const char *text, size_t length, float score);

/* Writes the ids of a UTF-8 text, at most `capacity` of them, and their full number to *count. */
int coldstart_sentencepiece_encode(
    const coldstart_sentencepiece *model, const char *text, size_t length, int32_t *ids, size_t capacity,
    size_t *count);

/* Writes the UTF-8 text of ids, at most `capacity` bytes and without a terminator, and its full length to *length.
   Every id must be a piece's. */
int coldstart_sentencepiece_decode(
    const coldstart_sentencepiece *model, const int32_t *ids, size_t count, char *text, size_t capacity,
    size_t *length);

#ifdef __cplusplus
}
#endif
