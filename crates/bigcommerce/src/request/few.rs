use std::ops::Deref;

/// At least one thing and at most `MAX`: what one request may carry.
///
/// An empty list would be refused, or, for some calls, mean everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Few<T, const MAX: usize>(Vec<T>);

/// Why a list can't be sent in one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FewError {
    /// There is nothing in it.
    #[error("there is nothing to send")]
    None,
    /// There is more in it than one request may carry: send it in parts.
    #[error("{given} are too many for one request, which takes {max}")]
    TooMany {
        /// How many there are.
        given: usize,
        /// How many one request takes.
        max: usize,
    },
}

impl<T, const MAX: usize> TryFrom<Vec<T>> for Few<T, MAX> {
    type Error = FewError;

    fn try_from(things: Vec<T>) -> Result<Self, FewError> {
        match things.len() {
            0 => Err(FewError::None),
            given if given > MAX => Err(FewError::TooMany { given, max: MAX }),
            _ => Ok(Self(things)),
        }
    }
}

impl<T, const MAX: usize> From<T> for Few<T, MAX> {
    fn from(thing: T) -> Self {
        Self(vec![thing])
    }
}

impl<T, const MAX: usize> Deref for Few<T, MAX> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T, const MAX: usize> Few<T, MAX> {
    /// As many lists as it takes to carry all of them, in their sequence.
    pub fn parts(things: impl IntoIterator<Item = T>) -> impl Iterator<Item = Self> {
        let mut things = things.into_iter();
        std::iter::from_fn(move || {
            let part: Vec<T> = things.by_ref().take(MAX).collect();
            (!part.is_empty()).then_some(Self(part))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_too_much_are_refused_before_anything_is_sent() {
        assert_eq!(Few::<u8, 2>::try_from(vec![]), Err(FewError::None));
        let three = Few::<u8, 2>::try_from(vec![1, 2, 3]);
        assert_eq!(three, Err(FewError::TooMany { given: 3, max: 2 }));
        assert_eq!(&*Few::<u8, 2>::try_from(vec![1, 2]).unwrap(), [1, 2]);
    }

    #[test]
    fn parts_carry_everything_once() {
        let parts: Vec<Vec<u8>> = Few::<u8, 2>::parts(0..5)
            .map(|part| part.to_vec())
            .collect();
        assert_eq!(parts, [vec![0, 1], vec![2, 3], vec![4]]);
        assert_eq!(Few::<u8, 2>::parts([]).count(), 0);
    }
}
