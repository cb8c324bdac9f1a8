import ColdstartTestSupport
import Domain
import FoldInSVD
import RecommendationEngine
import Testing

struct CandidatesTests {
    private static let movies: [MovieID] = [
        "318", "50", "0050", "7", "a-b", "12345678901234567", "9", "1e3", "unknown",
    ]

    @Test(
        "a shared catalogue ranks as the movies read for the session do",
        arguments: [[], ["50"], ["unknown", "nowhere"], ["318", "9", "1e3", "1e3"], movies]
    )
    func ranksAlike(excluded: [MovieID]) throws {
        let recommender = Recommender(svd: try FoldInModel(directory: Fixtures.path("svd")), p5: nil)
        let session = try #require(SessionID("a05f020e-c391-4ba9-bfb3-4047de64816e"))
        let history = [Rating(movie: "50", value: 9, createdAt: Timestamp(microseconds: 1))]
        let catalogue = Catalogue(movies: Self.movies, fingerprint: "1")
        let read = Self.movies.filter { !excluded.contains($0) }
        // Twice: the second time the movies are rows of the model already.
        for _ in 0..<2 {
            let shared = recommender.rankings(
                of: .catalogue(catalogue, excluding: excluded),
                session: session,
                history: history
            )
            #expect(
                shared.svd == recommender.rankings(of: .read(read), session: session, history: history).svd
            )
        }
    }

    @Test("nothing is left where all movies of the catalogue are excluded")
    func knowsWhenNothingIsLeft() {
        let catalogue = Catalogue(movies: ["1", "2"], fingerprint: "1")
        #expect(Candidates.catalogue(catalogue, excluding: ["3", "2", "1"]).isEmpty)
        #expect(!Candidates.catalogue(catalogue, excluding: ["2", "3", "4"]).isEmpty)
        #expect(!Candidates.catalogue(catalogue, excluding: []).isEmpty)
        #expect(Candidates.catalogue(Catalogue(movies: [], fingerprint: "0"), excluding: []).isEmpty)
        #expect(Candidates.read([]).isEmpty)
    }
}
