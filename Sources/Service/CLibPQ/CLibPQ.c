#include "CLibPQ.h"

#include <CLateLoading.h>
#include <stddef.h>

/* The functions of libpq that Coldstart calls, loaded with the first call: libpq brings OpenSSL, Kerberos, LDAP and
   GnuTLS with it (PostgreSQL's documentation, chapter 34). */

static const char *const names[] = {
#ifdef __APPLE__
    "libpq.5.dylib",
    "/opt/homebrew/opt/libpq/lib/libpq.5.dylib",
    "/usr/local/opt/libpq/lib/libpq.5.dylib",
#else
    "libpq.so.5",
#endif
    NULL,
};

static const coldstart_late_library library = {names, "libpq-dev (Debian) or libpq (Homebrew)"};

#define LATE(result, name, parameters, arguments) COLDSTART_LATE_FUNCTION(&library, result, name, parameters, arguments)

LATE(int, PQbackendPID, (const PGconn *conn), (conn))
LATE(int, PQcancel, (PGcancel *cancel, char *errbuf, int errbufsize), (cancel, errbuf, errbufsize))
LATE(void, PQclear, (PGresult *res), (res))
LATE(char *, PQcmdStatus, (PGresult *res), (res))
LATE(PostgresPollingStatusType, PQconnectPoll, (PGconn *conn), (conn))
LATE(PGconn *, PQconnectStart, (const char *conninfo), (conninfo))
LATE(PGconn *, PQconnectdb, (const char *conninfo), (conninfo))
LATE(int, PQconnectionNeedsPassword, (const PGconn *conn), (conn))
LATE(PQconninfoOption *, PQconninfo, (PGconn *conn), (conn))
LATE(void, PQconninfoFree, (PQconninfoOption *connOptions), (connOptions))
LATE(PQconninfoOption *, PQconninfoParse, (const char *conninfo, char **errmsg), (conninfo, errmsg))
LATE(int, PQconsumeInput, (PGconn *conn), (conn))
LATE(char *, PQdb, (const PGconn *conn), (conn))
LATE(int, PQenterPipelineMode, (PGconn *conn), (conn))
LATE(char *, PQerrorMessage, (const PGconn *conn), (conn))
LATE(PGresult *, PQexec, (PGconn *conn, const char *query), (conn, query))
LATE(PGresult *, PQexecParams,
     (PGconn *conn, const char *command, int nParams, const Oid *paramTypes, const char *const *paramValues, const
      int *paramLengths, const int *paramFormats, int resultFormat),
     (conn, command, nParams, paramTypes, paramValues, paramLengths, paramFormats, resultFormat))
LATE(int, PQexitPipelineMode, (PGconn *conn), (conn))
LATE(void, PQfinish, (PGconn *conn), (conn))
LATE(char *, PQfname, (const PGresult *res, int field_num), (res, field_num))
LATE(void, PQfreeCancel, (PGcancel *cancel), (cancel))
LATE(Oid, PQftype, (const PGresult *res, int field_num), (res, field_num))
LATE(PGcancel *, PQgetCancel, (PGconn *conn), (conn))
LATE(PGresult *, PQgetResult, (PGconn *conn), (conn))
LATE(int, PQgetisnull, (const PGresult *res, int tup_num, int field_num), (res, tup_num, field_num))
LATE(int, PQgetlength, (const PGresult *res, int tup_num, int field_num), (res, tup_num, field_num))
LATE(char *, PQgetvalue, (const PGresult *res, int tup_num, int field_num), (res, tup_num, field_num))
LATE(char *, PQhost, (const PGconn *conn), (conn))
LATE(char *, PQhostaddr, (const PGconn *conn), (conn))
LATE(int, PQlibVersion, (void), ())
LATE(int, PQnfields, (const PGresult *res), (res))
LATE(int, PQntuples, (const PGresult *res), (res))
LATE(char *, PQoptions, (const PGconn *conn), (conn))
LATE(char *, PQpass, (const PGconn *conn), (conn))
LATE(int, PQpipelineSync, (PGconn *conn), (conn))
LATE(char *, PQport, (const PGconn *conn), (conn))
LATE(char *, PQresultErrorField, (const PGresult *res, int fieldcode), (res, fieldcode))
LATE(ExecStatusType, PQresultStatus, (const PGresult *res), (res))
LATE(int, PQsendPrepare,
     (PGconn *conn, const char *stmtName, const char *query, int nParams, const Oid *paramTypes),
     (conn, stmtName, query, nParams, paramTypes))
LATE(int, PQsendQuery, (PGconn *conn, const char *query), (conn, query))
LATE(int, PQsendQueryParams,
     (PGconn *conn, const char *command, int nParams, const Oid *paramTypes, const char *const *paramValues, const
      int *paramLengths, const int *paramFormats, int resultFormat),
     (conn, command, nParams, paramTypes, paramValues, paramLengths, paramFormats, resultFormat))
LATE(int, PQsendQueryPrepared,
     (PGconn *conn, const char *stmtName, int nParams, const char *const *paramValues, const int *paramLengths,
      const int *paramFormats, int resultFormat),
     (conn, stmtName, nParams, paramValues, paramLengths, paramFormats, resultFormat))
LATE(PGVerbosity, PQsetErrorVerbosity, (PGconn *conn, PGVerbosity verbosity), (conn, verbosity))
LATE(PQnoticeProcessor, PQsetNoticeProcessor, (PGconn *conn, PQnoticeProcessor proc, void *arg), (conn, proc, arg))
LATE(int, PQsocket, (const PGconn *conn), (conn))
LATE(ConnStatusType, PQstatus, (const PGconn *conn), (conn))
LATE(PGTransactionStatusType, PQtransactionStatus, (const PGconn *conn), (conn))
LATE(char *, PQuser, (const PGconn *conn), (conn))
